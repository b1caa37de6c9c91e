namespace Settle.Paper.Pdf;

/// <summary>Turns the rows of a PNG into red, green and blue on white paper.</summary>
internal sealed class PngPixels(int width, int height, int depth, int type, byte[] palette,
    byte[] alphas)
{
    private int Channels => type switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Whether a PNG may have samples of these bits with this kind of colour.</summary>
    public static bool Knows(int depth, int type) => type switch
    {
        0 => depth is 1 or 2 or 4 or 8 or 16,
        3 => depth is 1 or 2 or 4 or 8,
        2 or 4 or 6 => depth is 8 or 16,
        _ => false,
    };

    public byte[] ReadOnWhite(Stream rows)
    {
        var stride = ((width * Channels * depth) + 7) / 8;
        var step = Math.Max(1, Channels * depth / 8);
        var (row, above) = (new byte[stride], new byte[stride]);
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            var filter = rows.ReadByte();
            if (filter < 0 || rows.ReadAtLeast(row, stride, throwOnEndOfStream: false) < stride)
                throw new InvalidDataException("the picture ends early");
            Unfilter(filter, row, above, step);
            for (var x = 0; x < width; x++)
                Pixel(row, x, pixels.AsSpan(((y * width) + x) * 3));
            (row, above) = (above, row);
        }
        return pixels;
    }

    private static void Unfilter(int filter, byte[] row, byte[] above, int step)
    {
        for (var i = 0; i < row.Length; i++)
        {
            int left = i < step ? 0 : row[i - step];
            int corner = i < step ? 0 : above[i - step];
            row[i] += (byte)(filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => Paeth(left, above[i], corner),
                _ => 0,
            });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (a, b, c) =
            (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    private void Pixel(byte[] row, int x, Span<byte> pixel)
    {
        var first = Sample(row, x * Channels);
        byte red, green, blue, alpha = 255;
        if (type == 3)
        {
            (red, green, blue) =
                (palette[first * 3], palette[(first * 3) + 1], palette[(first * 3) + 2]);
            if (first < alphas.Length) alpha = alphas[first];
        }
        else
        {
            red = Full(first);
            (green, blue) = Channels < 3 ? (red, red) : (Full(Sample(row, (x * Channels) + 1)),
                Full(Sample(row, (x * Channels) + 2)));
            if (type is 4 or 6) alpha = Full(Sample(row, (x * Channels) + Channels - 1));
        }
        (pixel[0], pixel[1], pixel[2]) =
            (OnWhite(red, alpha), OnWhite(green, alpha), OnWhite(blue, alpha));
    }

    private int Sample(byte[] row, int at) => depth switch
    {
        16 => row[at * 2],
        8 => row[at],
        _ => (row[at * depth / 8] >> (8 - depth - (at * depth % 8))) & ((1 << depth) - 1),
    };

    private byte Full(int sample) =>
        (byte)(depth >= 8 ? sample : sample * 255 / ((1 << depth) - 1));

    private static byte OnWhite(byte value, byte alpha) =>
        (byte)(((value * alpha) + (255 * (255 - alpha)) + 127) / 255);
}
