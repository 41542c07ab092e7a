"""Files of posts: told by what is in them, pictures drawn anew, kept where only who may read the thread gets them."""
