SELECT company, server_epoch FROM meta
