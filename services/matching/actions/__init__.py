"""What can happen in the matching house: somebody asks, somebody decides, somebody tries a draft of the law."""
