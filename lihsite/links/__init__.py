"""Links in content that lead nowhere: found in every language, listed for who can mend them."""
