// Words on paper: tickets and receipts. The server writes them, for printers and screens
// alike, so that a number reads the same wherever it is seen.
export const words = {
  "slip.title": ["NOMOR ANTREAN ANDA", "YOUR QUEUE NUMBER"],
  "slip.ahead": ["Sisa antrean di depan: {n} nomor", "Ahead of you: {n} {n|number|numbers}"],
  "slip.desk": ["Silakan ke meja depan: berkas Anda diperiksa dahulu", "Please go to the front desk: your papers are checked first"],
  "slip.wait": ["Perkiraan tunggu {range}, per pukul {clock}", "Expected wait {range}, as of {clock}"],
  "slip.no_wait": ["Lama tunggu belum dapat diperkirakan", "The wait cannot be told yet"],
  "slip.side_desk": ["Dipanggil dari meja samping", "Called from the side desk"],
  "slip.please": ["Mohon menunggu nomor Anda dipanggil", "Please wait until your number is called"],
  "slip.thanks": ["Terima kasih atas kunjungan Anda", "Thank you for coming"],
  "slip.scan": ["Pindai untuk melihat giliran di ponsel", "Scan to follow your turn on your phone"],
  "slip.test": ["UJI CETAK", "TEST PRINT"],
  "slip.receipt": ["TANDA TERIMA", "RECEIPT"],
  "slip.receipt_no": ["Nomor tanda terima", "Receipt number"]
};
