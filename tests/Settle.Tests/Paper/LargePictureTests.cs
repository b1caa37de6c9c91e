using System.Buffers.Binary;
using Settle.Billing;
using Settle.Paper.Pdf;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>A small file that would be a large picture is looked at and left packed.</summary>
public sealed class LargePictureTests
{
    [Theory]
    [InlineData(2049, 2048)]
    [InlineData(8192, 8192)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(-1, 1)]
    [InlineData(1, 100_000_000)]
    public void A_picture_of_too_many_pixels_is_neither_kept_nor_unpacked(int width, int height)
    {
        var file = Resized(TestPictures.Png(64, 64, alpha: false), width, height);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(PdfImage.Read(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
        var error = Assert.Throws<InvalidRequestException>(() => PartyCheck.Checked(Seller(file), isSeller: true));
        Assert.Equal("party.logo", error.Field);
        Assert.Contains("pixels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_header_does_not_make_a_picture_larger()
    {
        var small = TestPictures.Png(64, 64, alpha: false);
        byte[] file = [.. small[..33], .. Resized(small, 8192, 8192)[8..]];
        Assert.Null(PdfImage.Read(file));
    }

    [Fact]
    public void A_picture_as_large_as_may_be_is_kept()
    {
        var file = TestPictures.Png(2048, 2048, alpha: false);
        PartyCheck.Checked(Seller(file), isSeller: true);
        Assert.Equal(2048, PdfImage.Read(file)!.Width);
    }

    [Fact]
    public void A_JPEG_says_its_size_in_its_frame()
    {
        Assert.Equal(new PictureSize(40, 20), PictureSize.Of(TestPictures.Jpeg(3)));
        var large = TestPictures.Jpeg(3);
        BinaryPrimitives.WriteUInt16BigEndian(large.AsSpan(13), 60_000);
        BinaryPrimitives.WriteUInt16BigEndian(large.AsSpan(15), 60_000);
        Assert.Null(PdfImage.Read(large));
    }

    private static byte[] Resized(byte[] png, int width, int height)
    {
        var file = (byte[])png.Clone();
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        return file;
    }

    private static Party Seller(byte[] logo) => new() { Name = "W", Country = "DE", Logo = logo };
}
