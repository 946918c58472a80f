// Words of the training branch.
export const words = {
  "training.title": ["Latihan", "Training"],
  "training.why": ["Kantor latihan dengan orang rekaan, terpisah dari antrean sungguhan. Setiap layarnya berbingkai LATIHAN. Petugas baru boleh salah di sana.", "A practice branch with made-up people, apart from the real line. Every screen of it is framed TRAINING. New staff may make mistakes there."],
  "training.start": ["Mulai latihan", "Start training"],
  "training.open": ["Buka kantor latihan", "Open the training branch"],
  "training.end": ["Akhiri latihan", "End training"],
  "training.until": ["Berakhir sendiri pukul {clock}.", "It ends by itself at {clock}."]
};
