//! Draws a ticket's QR code as a camera would see it: small, blurred, tilted, in glare, on a phone, on faded paper.

use std::f32::consts::TAU;

use qrcode::{Color, EcLevel, QrCode};

/// What stands on a real ticket.
pub const ADDRESS: &str = "http://192.168.1.5:4040/t/7K3M9QX2AB";

/// What a camera may meet at a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    Clean,
    Small,
    Blur,
    Motion,
    Glare,
    Turned,
    Tilted,
    LowLight,
    Phone,
    DarkMode,
    Faded,
    Shadow,
}

impl Condition {
    pub const ALL: [Self; 12] = [
        Self::Clean,
        Self::Small,
        Self::Blur,
        Self::Motion,
        Self::Glare,
        Self::Turned,
        Self::Tilted,
        Self::LowLight,
        Self::Phone,
        Self::DarkMode,
        Self::Faded,
        Self::Shadow,
    ];

    pub fn words(self) -> &'static str {
        match self {
            Self::Clean => "clean, 1/3 of the width",
            Self::Small => "small: 2.3 px a module",
            Self::Blur => "blur: sigma 0.55 module",
            Self::Motion => "motion: 1.4 modules",
            Self::Glare => "glare spot on the code",
            Self::Turned => "turned by any angle",
            Self::Tilted => "tilted by 40 to 55 degrees",
            Self::LowLight => "low light with noise",
            Self::Phone => "phone: low contrast, moire",
            Self::DarkMode => "phone, dark mode",
            Self::Faded => "faded thermal paper",
            Self::Shadow => "half in shadow",
        }
    }
}

/// A repeatable stream of numbers.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Between 0 and 1.
    pub fn unit(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1 << 24) as f32
    }

    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// Roughly normal with deviation 1.
    pub fn normal(&mut self) -> f32 {
        ((0..4).map(|_| self.unit()).sum::<f32>() - 2.0) * 1.732
    }
}

/// A gray picture under construction, 0 to 255.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub light: Vec<f32>,
}

/// Where the code lies: centre, half its side with the quiet zone, turn, and tilt about the vertical axis, in radians.
struct Pose {
    x: f32,
    y: f32,
    half: f32,
    turn: f32,
    tilt: f32,
}

/// One picture of the address under a condition; the seed changes place, size, turn and noise.
pub fn draw(condition: Condition, width: usize, height: usize, seed: u64) -> Picture {
    let mut dice = Dice::new(seed + 1);
    let code =
        QrCode::with_error_correction_level(ADDRESS, EcLevel::M).expect("the address fits into a code");
    let modules = code.width() as f32 + 8.0;
    let half = match condition {
        Condition::Small => 2.3 * modules / 2.0,
        _ => width as f32 / 6.0 * dice.between(0.9, 1.1),
    };
    let module = half * 2.0 / modules;
    let slack = |whole: usize| (whole as f32 / 2.0 - half * 1.5).max(0.0);
    let (across, down) = (slack(width), slack(height));
    let pose = Pose {
        x: width as f32 / 2.0 + dice.between(-across, across),
        y: height as f32 / 2.0 + dice.between(-down, down),
        half,
        turn: match condition {
            Condition::Turned => dice.between(0.0, TAU),
            _ => dice.between(-0.12, 0.12),
        },
        tilt: match condition {
            Condition::Tilted => dice.between(40.0, 55.0).to_radians(),
            _ => dice.between(-0.15, 0.15),
        },
    };
    let (dark, bright) = match condition {
        Condition::Phone => (70.0, 150.0),
        Condition::DarkMode => (200.0, 40.0),
        Condition::Faded => (165.0, 225.0),
        _ => (45.0, 215.0),
    };
    let mut picture = room(width, height, &mut dice);
    let faint = Blotches::new(&mut dice);
    picture.paint(&pose, modules, |u, v| {
        let (column, row) = ((u * modules - 4.0).floor(), (v * modules - 4.0).floor());
        let inside = |at: f32| at >= 0.0 && at < modules - 8.0;
        let ink = inside(column) && inside(row) && code[(column as usize, row as usize)] == Color::Dark;
        if !ink {
            return bright;
        }
        if condition == Condition::Faded { dark + (bright - dark) * 0.55 * faint.at(u, v) } else { dark }
    });
    match condition {
        Condition::Blur => picture.blur(0.55 * module),
        Condition::Motion => picture.smear(1.4 * module, dice.between(0.0, TAU)),
        Condition::Glare => picture.glare(&pose, &mut dice),
        Condition::Phone | Condition::DarkMode => {
            picture.moire(&mut dice);
            picture.blur(0.7);
        }
        Condition::LowLight => picture.light.iter_mut().for_each(|light| *light = 8.0 + *light * 0.22),
        Condition::Shadow => picture.shadow(&pose, &mut dice),
        _ => {}
    }
    // Every lens softens a little and every sensor has noise.
    picture.blur(0.5);
    let noise = if condition == Condition::LowLight { 8.0 } else { 2.5 };
    picture.light.iter_mut().for_each(|light| *light += dice.normal() * noise);
    picture
}

/// A desk without a code: the same background.
pub fn room(width: usize, height: usize, dice: &mut Dice) -> Picture {
    let mut light = vec![0.0; width * height];
    let lamps = Blotches::new(dice);
    for (at, light) in light.iter_mut().enumerate() {
        let (u, v) = ((at % width) as f32 / width as f32, (at / width) as f32 / height as f32);
        *light = 95.0 + 60.0 * lamps.at(u, v);
    }
    let mut picture = Picture { width, height, light };
    for _ in 0..12 {
        let (x, y) = (dice.unit() * width as f32, dice.unit() * height as f32);
        let (w, h) = (dice.between(0.02, 0.2) * width as f32, dice.between(0.02, 0.2) * height as f32);
        let shade = dice.between(30.0, 220.0);
        for row in y as usize..((y + h) as usize).min(height) {
            for column in x as usize..((x + w) as usize).min(width) {
                picture.light[row * width + column] = shade;
            }
        }
    }
    picture
}

/// Soft clouds between 0 and 1.
struct Blotches([(f32, f32, f32); 5]);

impl Blotches {
    fn new(dice: &mut Dice) -> Self {
        Self([(); 5].map(|()| (dice.between(-9.0, 9.0), dice.between(-9.0, 9.0), dice.between(0.0, TAU))))
    }

    fn at(&self, u: f32, v: f32) -> f32 {
        let waves: f32 = self.0.iter().map(|(a, b, phase)| (a * u + b * v + phase).sin()).sum();
        (waves / 5.0 + 1.0) / 2.0
    }
}

impl Picture {
    /// Gray bytes.
    pub fn bytes(&self) -> Vec<u8> {
        self.light.iter().map(|light| light.clamp(0.0, 255.0) as u8).collect()
    }

    /// Paints a square whose colour at (u, v) is given, as a camera one and a half widths away sees it.
    fn paint(&mut self, pose: &Pose, modules: f32, colour: impl Fn(f32, f32) -> f32) {
        let (sin, cos) = pose.turn.sin_cos();
        let (tilt_sin, tilt_cos) = pose.tilt.sin_cos();
        let far = 3.0;
        let fine = if pose.half * 2.0 / modules < 4.0 { 4 } else { 3 };
        let reach = (pose.half * 1.8) as isize;
        for row in (pose.y as isize - reach).max(0)..(pose.y as isize + reach).min(self.height as isize) {
            for column in (pose.x as isize - reach).max(0)..(pose.x as isize + reach).min(self.width as isize)
            {
                let (mut sum, mut hits) = (0.0, 0);
                for part in 0..fine * fine {
                    let x = column as f32 + ((part % fine) as f32 + 0.5) / fine as f32 - pose.x;
                    let y = row as f32 + ((part / fine) as f32 + 0.5) / fine as f32 - pose.y;
                    // Into the plane of the paper: unturn, then undo the perspective of a tilt about its vertical axis.
                    let (x, y) = ((x * cos + y * sin) / pose.half, (y * cos - x * sin) / pose.half);
                    let a = x * far / (far * tilt_cos - x * tilt_sin);
                    let b = y * (far + a * tilt_sin) / far;
                    if a.abs() <= 1.0 && b.abs() <= 1.0 {
                        sum += colour((a + 1.0) / 2.0, (b + 1.0) / 2.0);
                        hits += 1;
                    }
                }
                let light = &mut self.light[row as usize * self.width + column as usize];
                *light += (sum - *light * hits as f32) / (fine * fine) as f32;
            }
        }
    }

    fn glare(&mut self, pose: &Pose, dice: &mut Dice) {
        let (angle, away) = (dice.unit() * TAU, dice.between(0.1, 0.5) * pose.half);
        let (x, y) = (pose.x + angle.cos() * away, pose.y + angle.sin() * away);
        let size = 0.26 * pose.half;
        self.each(|light, column, row| {
            let distance = ((column - x).powi(2) + (row - y).powi(2)) / (size * size);
            light + 320.0 * (-distance).exp()
        });
    }

    fn shadow(&mut self, pose: &Pose, dice: &mut Dice) {
        let angle = dice.unit() * TAU;
        let (x, y) = (angle.cos(), angle.sin());
        let soft = dice.between(1.0, 12.0);
        self.each(|light, column, row| {
            let side = ((column - pose.x) * x + (row - pose.y) * y) / soft;
            light * (0.3 + 0.7 / (1.0 + (-side).exp()))
        });
    }

    fn moire(&mut self, dice: &mut Dice) {
        let (angle, wave) = (dice.unit() * TAU, TAU / dice.between(2.2, 5.0));
        let (x, y) = (angle.cos() * wave, angle.sin() * wave);
        self.each(|light, column, row| {
            light + 16.0 * (column * x + row * y).sin() + 9.0 * (row * 0.09).sin()
        });
    }

    fn each(&mut self, change: impl Fn(f32, f32, f32) -> f32) {
        for (at, light) in self.light.iter_mut().enumerate() {
            *light = change(*light, (at % self.width) as f32, (at / self.width) as f32);
        }
    }

    /// Gaussian blur with this deviation in pixels.
    fn blur(&mut self, sigma: f32) {
        let reach = (sigma * 2.5).ceil() as isize;
        let weights: Vec<f32> =
            (-reach..=reach).map(|at| (-((at * at) as f32) / (2.0 * sigma * sigma)).exp()).collect();
        let steps = |x: isize, y: isize| (-reach..=reach).map(move |at| (at * x, at * y));
        self.mix(&steps(1, 0).zip(weights.iter().copied()).collect::<Vec<_>>());
        self.mix(&steps(0, 1).zip(weights.iter().copied()).collect::<Vec<_>>());
    }

    /// Moves along a line while the shutter is open.
    fn smear(&mut self, length: f32, angle: f32) {
        let steps = length.ceil().max(2.0) as i32 * 2;
        let along = |step: i32| length * (step as f32 / steps as f32 - 0.5);
        let parts: Vec<_> = (0..=steps)
            .map(|step| (along(step) * angle.cos(), along(step) * angle.sin()))
            .map(|(x, y)| ((x.round() as isize, y.round() as isize), 1.0))
            .collect();
        self.mix(&parts);
    }

    fn mix(&mut self, parts: &[((isize, isize), f32)]) {
        let whole: f32 = parts.iter().map(|(_, weight)| weight).sum();
        let (width, height) = (self.width as isize, self.height as isize);
        let mut mixed = vec![0.0; self.light.len()];
        for row in 0..height {
            for column in 0..width {
                let mut sum = 0.0;
                for ((x, y), weight) in parts {
                    let at = (row + y).clamp(0, height - 1) * width + (column + x).clamp(0, width - 1);
                    sum += self.light[at as usize] * weight;
                }
                mixed[(row * width + column) as usize] = sum / whole;
            }
        }
        self.light = mixed;
    }
}
