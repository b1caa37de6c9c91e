using System.Buffers;
using System.Globalization;
using System.Text;
using Settle.Paper.Pdf;
using Xunit;

namespace Settle.Tests.Paper;

public sealed class PageTests
{
    [Fact]
    public void A_number_is_written_as_the_framework_writes_it()
    {
        var random = new Random(7);
        double[] special = [0, -0.0, 0.0004, -0.0004, 0.0005, -0.0005, 0.001, -1, 595.28, 841.89,
            -12.5, 1e9, -1e12, 2147483.647, 2147483.648];
        foreach (var number in special.Concat(Enumerable.Range(0, 100_000)
            .Select(_ => (random.NextDouble() - 0.3) * Math.Pow(10, random.Next(5)))))
        {
            var to = new ArrayBufferWriter<byte>();
            PdfPage.WriteNumber(to, number);
            Assert.Equal(Math.Round(number, 3).ToString("0.###", CultureInfo.InvariantCulture),
                Encoding.ASCII.GetString(to.WrittenSpan));
        }
    }
}
