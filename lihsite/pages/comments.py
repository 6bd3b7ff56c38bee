"""Comments on a page whose form posts them."""


def without_gone_comments(data, page):
    """What a form posted, less its comments that others have resolved or deleted meanwhile."""
    total = data.get("comments-TOTAL_FORMS", "0")
    open_ids = {
        str(comment.pk)
        for comment in page.wagtail_admin_comments.all()
        if comment.has_valid_contentpath(page)
    }
    gone = [
        f"comments-{index}"
        for index in range(int(total) if total.isdigit() else 0)
        if data.get(f"comments-{index}-id") not in {None, "", *open_ids}
    ]
    if not gone:
        return data
    data = data.copy()
    for prefix in gone:
        data[f"{prefix}-id"], data[f"{prefix}-DELETE"] = "", "on"
    return data
