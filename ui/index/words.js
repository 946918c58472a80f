// Words of the start page.
export const words = {
  "index.title": ["Layar kantor cabang", "Screens of the branch"],
  "index.sub": ["Satu petugas, banyak peserta: pilih layar untuk perangkat ini.", "One officer, many people: choose the screen for this device."],
  "index.lobby": ["Papan ruang tunggu", "Lobby board"],
  "index.lobby_why": ["Nomor, ruang, dan bilik untuk orang yang menunggu. Dipasang di layar besar.", "Numbers, rooms and booths for those who wait. For a large display."],
  "index.officer": ["Petugas", "Officer"],
  "index.officer_why": ["Denah ruang, usulan kelompok, dan klaim. Untuk papan ketik.", "Seat map, proposed group and claims. Made for the keyboard."],
  "index.booth": ["Bilik", "Booth"],
  "index.booth_why": ["Penjelasan, langkah sendiri, dan tombol siap. Di setiap bilik.", "Briefing, own steps and the ready button. One at every booth."],
  "index.manager": ["Kepala cabang", "Branch manager"],
  "index.manager_why": ["Keadaan sekarang, ruang, petugas, dan kebijakan.", "The branch now, rooms, officers and policy."]
};
