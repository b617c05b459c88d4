//! Small picture filters that help a decoder to see: half size, soft, sharp, flat, black and white.

/// A gray picture on its way to a decoder.
pub struct Gray {
    pub width: usize,
    pub height: usize,
    pub luma: Vec<u8>,
}

impl Gray {
    /// Half as wide and high, each pixel the mean of four. Tames noise and fine patterns.
    pub fn halved(width: usize, height: usize, luma: &[u8]) -> Self {
        let (half_width, half_height) = (width / 2, height / 2);
        let mut halved = Vec::with_capacity(half_width * half_height);
        for rows in luma.chunks_exact(width.max(1) * 2) {
            let (upper, lower) = rows.split_at(width);
            halved.extend(upper.chunks_exact(2).zip(lower.chunks_exact(2)).map(|(above, below)| {
                let sum =
                    u16::from(above[0]) + u16::from(above[1]) + u16::from(below[0]) + u16::from(below[1]);
                (sum / 4) as u8
            }));
        }
        Self { width: half_width, height: half_height, luma: halved }
    }

    /// The mean of each pixel and its neighbours.
    pub fn softened(width: usize, height: usize, luma: &[u8]) -> Self {
        Self { width, height, luma: local_means(width, height, luma, 1) }
    }

    /// Differences from the surroundings of `reach` pixels, enlarged: edges that a lens blurred come back.
    pub fn sharpened(&self, reach: usize, strength: i32) -> Self {
        self.against_means(reach, |light, mean| (light + strength * (light - mean)).clamp(0, 255) as u8)
    }

    /// Differences from the surroundings around middle gray: shadows and fading go.
    pub fn flattened(&self, reach: usize, strength: i32) -> Self {
        self.against_means(reach, |light, mean| (128 + strength * (light - mean)).clamp(0, 255) as u8)
    }

    /// Black where it is darker than its surroundings.
    pub fn black_and_white(&self, reach: usize) -> Self {
        self.against_means(reach, |light, mean| if light < mean - 3 { 0 } else { 255 })
    }

    fn against_means(&self, reach: usize, change: impl Fn(i32, i32) -> u8) -> Self {
        let means = local_means(self.width, self.height, &self.luma, reach.max(1));
        let pairs = self.luma.iter().zip(&means);
        let luma = pairs.map(|(&light, &mean)| change(i32::from(light), i32::from(mean))).collect();
        Self { width: self.width, height: self.height, luma }
    }
}

/// The mean of the square of `reach` pixels around each pixel, in time that does not depend on the reach.
fn local_means(width: usize, height: usize, luma: &[u8], reach: usize) -> Vec<u8> {
    let stride = width + 1;
    // sums[(y, x)]: everything above and left of it. 32 bits hold 16 million white pixels; larger frames wrap alike.
    let mut sums = vec![0u32; stride * (height + 1)];
    for y in 0..height {
        let mut row = 0u32;
        for x in 0..width {
            row = row.wrapping_add(u32::from(luma[y * width + x]));
            sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1].wrapping_add(row);
        }
    }
    let mut means = Vec::with_capacity(luma.len());
    for y in 0..height {
        let (top, bottom) = (y.saturating_sub(reach), (y + reach + 1).min(height));
        let (upper, lower) = (&sums[top * stride..], &sums[bottom * stride..]);
        for x in 0..width {
            let (left, right) = (x.saturating_sub(reach), (x + reach + 1).min(width));
            let sum =
                lower[right].wrapping_sub(lower[left]).wrapping_sub(upper[right]).wrapping_add(upper[left]);
            means.push((sum / ((bottom - top) * (right - left)) as u32) as u8);
        }
    }
    means
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_takes_the_neighbours_there_are() {
        assert_eq!(local_means(3, 1, &[0, 30, 90], 1), [15, 40, 60]);
        assert_eq!(local_means(1, 3, &[0, 30, 90], 5), [40, 40, 40]);
        assert_eq!(local_means(2, 2, &[10, 20, 30, 40], 1), [25; 4]);
    }

    #[test]
    fn half_a_picture_of_odd_size_leaves_the_last_row_and_column() {
        let halved = Gray::halved(3, 3, &[0, 4, 99, 8, 12, 99, 99, 99, 99]);
        assert_eq!((halved.width, halved.height, halved.luma), (1, 1, vec![6]));
    }
}
