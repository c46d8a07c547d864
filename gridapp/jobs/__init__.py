"""What happens by itself: deadlines, deliveries, retention."""
