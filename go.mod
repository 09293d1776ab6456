module windsock

go 1.26.8
