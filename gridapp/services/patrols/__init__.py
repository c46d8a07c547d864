"""Patrols: that somebody was at a building (巡查 签到)."""
