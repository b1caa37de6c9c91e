using Settle.Tests.Journals;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Docs;

/// <summary>The manual page as its readers see it.</summary>
public sealed class ManPageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs/settle.1");

    [Fact]
    public async Task The_manual_page_has_every_option_of_a_command_and_its_examples()
    {
        var shown = await new ExternalProgram("mandoc").RunAsync("-Tascii", "-Owidth=100", Page);
        var plain = System.Text.RegularExpressions.Regex.Replace(shown, ".\b", "");
        Assert.Contains("settle balance [ACCOUNT]", plain, StringComparison.Ordinal);
        Assert.Contains("--at TIME", plain, StringComparison.Ordinal);
        Assert.Contains("--strict true|false", plain, StringComparison.Ordinal);
        // A switch takes nothing.
        Assert.DoesNotContain("--json JSON", plain, StringComparison.Ordinal);
        Assert.Contains("settle balance 'customers:*'", plain, StringComparison.Ordinal);
        Assert.Contains("SETTLE_LEDGER", plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manual_page_has_no_fault() =>
        Assert.Equal("", await new ExternalProgram("mandoc").RunAsync("-Tlint", "-Wwarning", Page));
}
