// Empty does nothing: what is left is the cost of starting a program.
package main

func main() {}
