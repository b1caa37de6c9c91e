using System.Diagnostics;
using Settle.Tests.Journals;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Packages;

/// <summary>The Debian package of <c>./publish</c>, with any program in it.</summary>
public sealed class DebianPackageTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_package_has_the_program_and_all_that_belongs_to_it()
    {
        var package = await MakeAsync();

        var listed = await DpkgDeb.RunAsync("--contents", package);
        var files = listed.Split('\n').Where(line => line.StartsWith('-'))
            .Select(line => (Mode: line[..10], Owner: line.Split(' ')[1], Path: line[(line.LastIndexOf(' ') + 3)..])).ToList();
        Assert.Equal([
            "lib/systemd/system/settle.service", "usr/bin/settle",
            "usr/share/bash-completion/completions/settle", "usr/share/doc/settle/changelog.gz",
            "usr/share/doc/settle/copyright", "usr/share/fish/vendor_completions.d/settle.fish",
            "usr/share/man/man1/settle.1.gz", "usr/share/zsh/vendor-completions/_settle",
        ], files.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal("root/root", file.Owner));
        Assert.All(files, file => Assert.Equal(
            file.Path == "usr/bin/settle" ? "-rwxr-xr-x" : "-rw-r--r--", file.Mode));
        Assert.Equal("settle\n1.2.3\namd64\n", await FieldsAsync(package, "Package", "Version", "Architecture"));
    }

    [Fact]
    public async Task Its_unit_is_as_protected_as_that_of_a_deploy()
    {
        await DpkgDeb.RunAsync("--extract", await MakeAsync(), _folder.File("tree"));
        var unit = await File.ReadAllLinesAsync(_folder.File("tree/lib/systemd/system/settle.service"), Stop);
        var deployed = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "deploy.d/settle.service"), Stop);

        Assert.DoesNotContain(unit, line => line.Contains('@') && !line.StartsWith("SystemCallFilter", StringComparison.Ordinal));
        Assert.Contains("ExecStart=/usr/bin/settle serve --ledger /var/lib/settle/ $SETTLE_OPTIONS", unit);
        Assert.Contains("DynamicUser=yes", unit);
        // What names a folder or a user is another; a folder of state can be written by itself.
        Assert.Empty(deployed.Where(line => !line.Contains("@FOLDER@", StringComparison.Ordinal)
            && !line.Contains("@USER@", StringComparison.Ordinal)).Except(unit));
    }

    private static ExternalProgram DpkgDeb { get; } = new("dpkg-deb");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<string> FieldsAsync(string package, params string[] fields)
    {
        var values = new List<string>();
        foreach (var field in fields) values.Add(await DpkgDeb.RunAsync("--field", package, field));
        return string.Concat(values);
    }

    private async Task<string> MakeAsync()
    {
        Assert.SkipUnless(ExternalProgram.IsInstalled("dpkg-deb"), "dpkg-deb is not installed");
        await File.WriteAllTextAsync(_folder.File("program"), "#!/bin/sh\n", Stop);
        var package = _folder.File("settle.deb");
        var start = new ProcessStartInfo("bash", ["-c", """
            set -euo pipefail
            root=$1; source "$root/scripts/build.sh"; source "$root/packaging/debian.sh"
            debian_package "$2" amd64 1.2.3 "$3"
            """, "bash", Repository.Root, _folder.File("program"), package])
        {
            RedirectStandardError = true,
            Environment = { ["SOURCE_DATE_EPOCH"] = "1700000000" },
        };
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.True(process.ExitCode == 0, error);
        return package;
    }
}
