using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Settle.Tests.Server;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Packages;

/// <summary>The packages as they are made, and fresh projects that use them.</summary>
public sealed class PackageTests(PackedFixture packed) : IClassFixture<PackedFixture>
{
    private static readonly string[] FileLibraries = ["CsvHelper", "QRCoder", "HarfBuzzSharp", "System.Drawing"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Settle", "Settle.Engine")]
    [InlineData("Settle.AspNetCore", "Settle.AspNetCore")]
    [InlineData("Settle.Extensions.Hosting", "Settle.Extensions.Hosting")]
    [InlineData("Settle.Interchange", "Settle.Interchange")]
    [InlineData("Settle.Client", "Settle.Client")]
    [InlineData("Settle.Core", "Settle.Core")]
    public async Task A_package_says_what_it_is(string package, string assembly)
    {
        using var archive = await ZipFile.OpenReadAsync(packed.FileOf(package), Stop);
        var names = archive.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains("README.md", names);
        Assert.Contains($"lib/net10.0/{assembly}.xml", names);
        var text = Encoding.UTF8.GetString(await ReadAsync(archive, $"{package}.nuspec"));
        var about = XDocument.Parse(text.TrimStart('\uFEFF')).Root!.Elements().Single();
        string? Say(string name) =>
            about.Elements().SingleOrDefault(each => each.Name.LocalName == name)?.Value;
        Assert.Equal("Apache-2.0", Say("license"));
        Assert.Equal("Settle", Say("authors"));
        Assert.Contains("ledger", Say("tags"), StringComparison.Ordinal);
        Assert.NotEqual("Package Description", Say("description"));
        Assert.Equal("README.md", Say("readme"));
        // Nothing of the machine that built it.
        var code = await ReadAsync(archive, $"lib/net10.0/{assembly}.dll");
        Assert.Equal(-1, code.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Repository.Root)));
    }

    [Fact]
    public async Task A_fresh_project_moves_money_on_a_file()
    {
        using var project = new FreshProject(packed, PackageGuide.Of("In your own process"));
        var output = await project.RunAsync();
        Assert.Equal("Successful in block 2", output.Trim());
        Assert.DoesNotContain(project.Built, file => FileLibraries.Any(
            name => file.Contains(name, StringComparison.OrdinalIgnoreCase)));
        await using var ledger = await Ledger.OpenAsync(project.File("bank.db"), cancellationToken: Stop);
        Assert.Equal(5000, (await ledger.GetAccountAsync("Jane", cancellationToken: Stop))!.Balances[0].Balance.Units);
    }

    [Fact]
    public async Task A_fresh_project_with_the_client_alone_talks_to_a_server()
    {
        await using var server = await RunningServer.StartAsync();
        var guide = PackageGuide.Of("Behind a server");
        using var project = new FreshProject(packed, guide with
        {
            Program = guide.Program.Replace(
                "http://127.0.0.1:7171/", $"{server.Http.BaseAddress}", StringComparison.Ordinal),
        });
        Assert.Equal("Alex has 100.00 USD", (await project.RunAsync()).Trim());
        Assert.DoesNotContain(project.Built, file => file.Contains("sqlite", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_fresh_worker_hosts_a_ledger()
    {
        using var project = new FreshProject(packed, PackageGuide.Of("In a .NET host"));
        Assert.Contains("Alex has 100.00 USD", await project.RunAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(project.Built, file => FileLibraries.Any(
            name => file.Contains(name, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_fresh_web_app_answers_with_problem_documents()
    {
        var guide = PackageGuide.Of("In ASP.NET Core");
        using var project = new FreshProject(packed, guide with
        {
            // The app asks itself once and ends.
            Program = guide.Program.Replace("await app.RunAsync();", """
                app.Urls.Add("http://127.0.0.1:0");
                await app.StartAsync();
                using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
                var answer = await http.PostAsync("/pay/Dave/Alex/5", null);
                Console.WriteLine($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                """, StringComparison.Ordinal),
        }, sdk: "Microsoft.NET.Sdk.Web");
        var output = await project.RunAsync();
        Assert.Contains("422 {", output, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"insufficient_funds\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_in_process_brings_SQLite_besides_and_nothing_else()
    {
        string[] expected = ["ADRaffy.ENSNormalize", "Polly.Core", "SQLite"];
        Assert.All(Closure("Settle.Engine"), package => Assert.Contains(
            expected, prefix => package.StartsWith(prefix, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_client_brings_Polly_and_the_form_of_names_along_and_nothing_else() =>
        Assert.Equal(["ADRaffy.ENSNormalize", "Polly.Core"], Closure("Settle.Client").Order());

    /// <summary>Every package that a project needs where it runs, from its lock file.</summary>
    private static List<string> Closure(string project)
    {
        var file = Path.Combine(Repository.Root, "src", project, "packages.lock.json");
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. json.RootElement.GetProperty("dependencies").EnumerateObject().Single().Value
            .EnumerateObject()
            .Where(each => each.Value.GetProperty("type").GetString() != "Project")
            .Select(each => each.Name)
            .Where(name => !name.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal))];
    }

    private static async Task<byte[]> ReadAsync(ZipArchive archive, string name)
    {
        using var bytes = new MemoryStream();
        await using var entry = await archive.GetEntry(name)!.OpenAsync(Stop);
        await entry.CopyToAsync(bytes, Stop);
        return bytes.ToArray();
    }
}
