// Package emulator is a thermal printer for tests: a TCP server that reads ESC/POS
// byte by byte, keeps what would stand on the paper, and answers for its state as
// printers do. A byte that no printer would understand is a complaint.
//
// It owns that printer and promises that what it shows is what the bytes say. It
// imports nothing of this module, so that it shares no mistake with the encoder.
package emulator
