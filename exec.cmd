@rem Windows has no exec. The scripts of package.json begin with it, so that signals to npm reach Node and no shell.
@%*
