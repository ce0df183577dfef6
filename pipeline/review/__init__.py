"""What happened, how long did each part take, and where does the record contradict itself? A report's facts."""
