using System.Diagnostics;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>
/// What the server embeds is what the sources of the console make. With <c>SETTLE_WRITE_DOCS=1</c> the
/// types of the API are written instead, and the page is built with them.
/// </summary>
public sealed class ConsoleBuildTests
{
    private static readonly string Sources = Path.Combine(Repository.Root, "src/Settle.Console");
    private static readonly string Embedded = Path.Combine(Repository.Root, "src/Settle.AspNetCore/wwwroot");
    private static readonly bool IsWriting = Environment.GetEnvironmentVariable("SETTLE_WRITE_DOCS") == "1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_is_what_its_sources_make()
    {
        SkipWithout("vite/bin/vite.js");
        using var folder = new TemporaryDirectory();
        var made = IsWriting ? Embedded : folder.File("made");
        await RunAsync("typescript/bin/tsc", "--noEmit");
        await RunAsync("vite/bin/vite.js", "build", "--outDir", made, "--emptyOutDir", "--logLevel", "error");
        var files = Directory.GetFiles(made).Select(Path.GetFileName).Order().ToList();
        Assert.Equal(Directory.GetFiles(Embedded).Select(Path.GetFileName).Order(), files);
        foreach (var file in files)
        {
            var (mine, theirs) = (await File.ReadAllBytesAsync(Path.Combine(made, file!), Stop),
                await File.ReadAllBytesAsync(Path.Combine(Embedded, file!), Stop));
            Assert.True(mine.SequenceEqual(theirs),
                $"{file} is not what its sources make; write it with npm run build in src/Settle.Console");
        }
    }

    [Fact]
    public async Task The_page_asks_only_for_what_the_server_has()
    {
        SkipWithout("openapi-typescript/bin/cli.js");
        using var folder = new TemporaryDirectory();
        await using var server = await RunningServer.StartAsync();
        var (document, types) = (folder.File("v1.json"), folder.File("schema.d.ts"));
        await File.WriteAllBytesAsync(document, await server.Http.GetByteArrayAsync("/openapi/v1.json", Stop), Stop);
        await RunAsync("openapi-typescript/bin/cli.js", document, "-o", types);
        var committed = Path.Combine(Sources, "api/schema.d.ts");
        if (IsWriting) File.Copy(types, committed, overwrite: true);
        Assert.True(await File.ReadAllTextAsync(types, Stop) == await File.ReadAllTextAsync(committed, Stop),
            "api/schema.d.ts is not of this server; write it with SETTLE_WRITE_DOCS=1 ./test --filter-class '*ConsoleBuildTests'");
    }

    private static void SkipWithout(string program) =>
        Assert.SkipUnless(File.Exists(Path.Combine(Sources, "node_modules", program)), "npm did not install what builds the page");

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Sources, "node_modules", program), .. arguments])
        {
            WorkingDirectory = Sources,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        Assert.True(process.ExitCode == 0, string.Concat(said));
    }
}
