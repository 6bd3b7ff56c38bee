"""The addresses of the workspace, below `/admin/translating/`."""

app_name = "translating"
urlpatterns = []
