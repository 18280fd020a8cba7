"""Cases of packs as tests of pytest; loaded by the plugin once a pack is named."""

__all__: list[str] = []
