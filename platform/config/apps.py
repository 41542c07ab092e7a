from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The wiring; being an app lets its system checks and commands be found."""

    name = "config"

    def ready(self) -> None:
        from wagtail.models import TaskState, WorkflowState
        from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

        from config import checks  # noqa: F401  importing registers them

        # Moderators and editors hear of clearance once, in our words (notifications.tell), not from Wagtail as well.
        task_submitted.disconnect(sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification")
        for signal, name in (
            (workflow_submitted, "submitted"),
            (workflow_rejected, "rejected"),
            (workflow_approved, "approved"),
        ):
            signal.disconnect(sender=WorkflowState, dispatch_uid=f"workflow_state_{name}_email_notification")
