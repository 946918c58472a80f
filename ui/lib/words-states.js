// States and settings by the codes of the rules, for staff screens.
export const words = {
  "visit.booked": ["Terdaftar", "Booked"],
  "visit.arrived": ["Datang", "Arrived"],
  "visit.incomplete": ["Berkas kurang", "Papers incomplete"],
  "visit.waiting": ["Menunggu", "Waiting"],
  "visit.called": ["Dipanggil", "Called"],
  "visit.seated": ["Duduk", "Seated"],
  "visit.at_desk": ["Di meja samping", "At the side desk"],
  "visit.settled": ["Selesai diproses", "Settled"],
  "visit.left": ["Sudah pulang", "Left"],
  "visit.no_show": ["Tidak hadir", "No-show"],
  "visit.parked": ["Ditunda", "Parked"],
  "visit.stepped_out": ["Keluar sebentar", "Stepped out"],
  "visit.cancelled": ["Dibatalkan", "Cancelled"],
  "visit.carried_over": ["Dijamin esok hari", "Carried over"],

  "priority.none": ["Tanpa prioritas", "No priority"],
  "priority.elderly": ["Lansia 60 tahun ke atas", "60 and above"],
  "priority.pregnant": ["Ibu hamil", "Pregnant"],
  "priority.disabled": ["Penyandang disabilitas", "Disability"],
  "priority.with_baby": ["Membawa bayi", "With a baby"],
  "priority.ill": ["Sakit", "Unwell"],
  "priority.guaranteed": ["Dijamin dari hari sebelumnya", "Guaranteed from an earlier day"],

  "presence.off_shift": ["Tidak bertugas", "Off shift"],
  "presence.on_shift": ["Bertugas", "On shift"],
  "presence.on_break": ["Istirahat", "On a break"],
  "presence.stepped_off": ["Keluar sebentar", "Out for a moment"],

  "mode.default": ["Sesuai kantor cabang", "As the branch"],
  "mode.single": ["Satu per satu", "Single"],
  "mode.closed": ["Kelompok tertutup", "Closed group"],
  "mode.rolling": ["Bergulir", "Rolling"],

  "briefing.live": ["Petugas menjelaskan", "Given by the officer"],
  "briefing.shared": ["Petugas menjelaskan bersama", "Shared, on demand"],
  "briefing.booth": ["Diputar di bilik", "Played at the booth"],

  "limit.officer": ["Batas petugas", "Officer's limit"],
  "limit.seats": ["Jumlah bilik", "Seats"],
  "limit.distance": ["Jarak aman", "Safe distance"],
  "limit.occupancy": ["Batas isi ruang", "Occupancy share"],
  "limit.booths": ["Bilik yang berfungsi", "Working booths"],
  "limit.minutes": ["Sisa menit petugas", "Officer-minutes left"],
  "limit.arrivals": ["Orang yang datang", "Arrivals"],

  "role.system": ["Sistem", "System"],
  "role.manager": ["Kepala cabang", "Branch manager"],
  "role.officer": ["Petugas", "Officer"],
  "role.desk": ["Penerima tamu", "Desk"],
  "role.kiosk": ["Mesin nomor", "Kiosk"],
  "role.booth": ["Layar bilik", "Booth screen"],
  "role.visitor": ["Pengunjung", "Visitor"],

  "call.group": ["Panggilan kelompok", "Group call"],
  "call.refill": ["Panggilan bilik", "Refill call"],
  "call.recall": ["Panggilan ulang", "Recall"]
};
