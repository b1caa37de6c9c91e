using System.Text;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Erased means that no byte of it is in any file, the log included.</summary>
public sealed class ErasedBytesTests
{
    private const int Customers = 300;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_of_an_erased_customer_is_in_any_file(int seed)
    {
        using var directory = new TemporaryDirectory();
        var random = new Random(seed);
        await using var ledger = await Settle.Ledger.OpenAsync(directory.File("bank.db"), cancellationToken: Stop);
        // Another process would have it open, too.
        await using var reader = await Settle.Ledger.OpenAsync(directory.File("bank.db"), cancellationToken: Stop);
        foreach (var number in Enumerable.Range(0, Customers).OrderBy(_ => random.Next()))
            await PutAsync(ledger, number, random.Next(1, 180));
        // Some moved house, so that there is more than one address of them.
        foreach (var number in Enumerable.Range(0, Customers).Where(number => number % 3 == 0))
            await PutAsync(ledger, number, random.Next(1, 180));
        var erased = Enumerable.Range(0, Customers).Where(number => number % 7 == 0).ToList();
        Assert.All(erased, number => Assert.True(IsIn(directory, number)));
        foreach (var number in erased)
        {
            Assert.NotNull(await reader.Billing.GetCustomerAsync($"c-{number}", Stop));
            await ledger.Billing.EraseCustomerAsync($"c-{number}", Stop);
            Assert.False(IsIn(directory, number), $"{number} is still there");
        }
        Assert.All(Enumerable.Range(0, Customers).Except(erased), number => Assert.True(IsIn(directory, number)));
        Assert.Null((await reader.Billing.GetCustomerAsync($"c-{erased[0]}", Stop))!.Party);
    }

    private static Task<Customer> PutAsync(ILedger ledger, int number, int length) => ledger.Billing.PutCustomerAsync(
        new CustomerRequest
        {
            Customer = $"c-{number}",
            Party = new Party
            {
                Name = $"nadel-{number}-" + new string('n', length), Street = $"nadel-{number}-street{length}",
                City = "Berlin", Country = "DE",
            },
        }, Stop);

    private static bool IsIn(TemporaryDirectory directory, int number) => Directory
        .EnumerateFiles(directory.Path, "*", SearchOption.AllDirectories)
        .Any(file => Read(file).IndexOf(Needle(number)) >= 0);

    private static byte[] Needle(int number) => Encoding.UTF8.GetBytes($"nadel-{number}-");

    private static ReadOnlySpan<byte> Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
