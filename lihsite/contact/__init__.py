"""What visitors send us: forms that editors build, and the sign-up to the newsletter."""
