"""Work after the response (lihsite/background): kept in the database, done by `db_worker`."""

QUEUED = {
    "default": {
        "BACKEND": "lihsite.background.backend.QueueBackend",
        "QUEUES": ["clock", "mail", "default", "slow"],
        "OPTIONS": {
            "at_once": [
                # What Wagtail keeps of references decides who gets a document: it is never behind.
                "wagtail.tasks.update_reference_index_task",
                # Whoever has just saved something looks for it in the admin.
                "modelsearch.tasks.insert_or_update_object_task",
            ],
            "replaced": {
                "wagtail.tasks.delete_file_from_storage_task": "lihsite.media.files.delete_file",
            },
        },
    }
}

AT_ONCE = {
    alias: {**options, "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    for alias, options in QUEUED.items()
}
"""Where there is no worker: tasks are done where they are asked for."""
