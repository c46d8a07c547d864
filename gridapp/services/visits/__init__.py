"""Contact households and the visits paid to them (联系户, 走访): the own grids', and masked."""
