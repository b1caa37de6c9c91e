using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Docs;

/// <summary>The .NET example of the README, compiled and run.</summary>
[Collection(nameof(CurrentDirectory))]
public sealed class ReadmeSnippetTests
{
    [Fact]
    public async Task The_example_of_the_readme_does_what_it_says()
    {
        using var folder = new CurrentDirectory();
        // <snippet>
        await using var ledger = await Ledger.OpenAsync("bank.db");   // or "http://host:7171/bank"
        await ledger.TransferAsync("@world", "Dave", Money.Of(100, "USD"));
        var transfer = await ledger.TransferAsync("Dave", "Alex", Money.Of(50, "USD"), id: "lunch");
        try
        {
            await ledger.TransferAsync("Dave", "Alex", Money.Of(1_000_000, "USD"));
        }
        catch (InsufficientFundsException e)
        {
            Console.WriteLine($"{e.Code}: nothing was moved");
        }
        // </snippet>
        Assert.Equal(EntryStatus.Successful, transfer.Status);
        var balances =
            await ledger.ListBalancesAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([-10000, 5000, 5000], balances.Select(balance => (int)balance.Amount.Units));
    }

    [Fact]
    public void The_example_in_the_readme_is_this_one()
    {
        var source =
            File.ReadAllText(Path
                .Combine(Repository.Root, "tests/Settle.Tests/Docs/ReadmeSnippetTests.cs"));
        var lines = source.Split("// <snippet>\n")[1].Split("        // </snippet>")[0].Split('\n')
            .Select(line => line.Length > 8 ? line[8..] : line);
        Assert.Contains($"```csharp\n{string.Join('\n', lines)}```", Readme.Text,
            StringComparison.Ordinal);
    }
}
