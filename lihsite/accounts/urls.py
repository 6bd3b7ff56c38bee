"""The addresses before the admin that take the place of Wagtail's, or stand beside them."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

from . import login_views as views
from . import single_sign_on

urlpatterns = decorate_urlpatterns(
    [
        path("login/", views.LoginView.as_view()),
        path("login/second-step/", views.SecondStepView.as_view(), name="second_step"),
        path("login/passkey/", views.PasskeyLoginView.as_view(), name="passkey_login"),
        path("login/passkey/options/", views.PasskeyOptionsView.as_view(), name="passkey_options"),
        path("login/openid/", single_sign_on.BeginView.as_view(), name="sign_on"),
        path("login/openid/answer/", single_sign_on.AnswerView.as_view(), name="sign_on_answer"),
        path("password_reset/confirm/<uidb64>/<token>/", views.PasswordResetConfirmView.as_view()),
    ],
    never_cache,
)
