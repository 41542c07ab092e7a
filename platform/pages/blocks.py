"""What an editor may put into a page's body: few blocks, each with one look and a valid place among the headings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

# Headings are blocks of their own, so that no text can jump a level.
FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "pages/blocks/figure.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("What was said"), max_length=600)
    who = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "pages/blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES)

    class Meta:
        icon = "warning"
        label = _("Call-out")
        template = "pages/blocks/callout.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"), max_length=120)
    text = blocks.RichTextBlock(label=_("What happens"), features=FEATURES)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class BodyBlock(blocks.StreamBlock):
    """The body of guidance, news and plain pages."""

    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", max_length=120, template="pages/blocks/heading.html", form_classname="title"
    )
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES, template="pages/blocks/text.html")
    callout = CalloutBlock()
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), icon="list-ol", template="pages/blocks/steps.html")
    quote = QuoteBlock()
    figure = FigureBlock()
    table = TypedTableBlock(
        [("text", blocks.CharBlock(label=_("Words"))), ("rich", blocks.RichTextBlock(features=["bold", "link"]))],
        label=_("Table"),
        template="pages/blocks/table.html",
    )
