using System.IO.Compression;
using System.Text;
using Settle.Paper.Pdf;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>What the packer packs, the framework unpacks.</summary>
public sealed class DeflateTests
{
    [Fact]
    public void What_was_packed_is_unpacked_to_the_same()
    {
        Same([]);
        Same([1]);
        Same(Encoding.UTF8.GetBytes("aaaaaaaaaaaaaaaaaaaaaaaaa"));
        Same(new byte[200_000]);
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var data = new byte[random.Next(70_000)];
            var range = 1 + random.Next(255);
            for (var i = 0; i < data.Length; i++)
            {
                data[i] = i > 300 && random.Next(4) == 0 ? data[i - random.Next(1, 300)]
                    : (byte)random.Next(range);
            }
            Same(data, seed);
        }
    }

    [Fact]
    public void The_bytes_are_the_same_for_ever() => Assert.Equal("789C4B4C4A862000113D0373",
        Convert.ToHexString(Deflate.Pack(Encoding.ASCII.GetBytes("abcabcabc"))));

    [Fact]
    public void What_repeats_gets_smaller() =>
        Assert.InRange(Deflate.Pack(new byte[100_000]).Length, 1, 1_000);

    private static void Same(byte[] data, int seed = 0)
    {
        using var packed =
            new ZLibStream(new MemoryStream(Deflate.Pack(data)), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        packed.CopyTo(unpacked);
        Assert.True(data.AsSpan().SequenceEqual(unpacked.ToArray()), $"seed {seed}");
    }
}
