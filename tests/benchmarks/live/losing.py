"""A channel layer that loses a tenth, doubles a tenth and mixes up."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from channels.layers import InMemoryChannelLayer


class LosingLayer(InMemoryChannelLayer):  # type: ignore[misc]  # untyped
    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if "frames" not in message:
            await super().group_send(group, message)
            return
        dice = random.random()
        if dice < 0.1:
            return
        if dice < 0.3:
            await asyncio.sleep(random.uniform(0.05, 0.5))
        await super().group_send(group, message)
        if dice > 0.9:
            await super().group_send(group, message)
