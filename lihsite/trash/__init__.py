"""Pages that were deleted: kept for some days, restored with all that was theirs, or gone."""
