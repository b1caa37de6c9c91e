using System.Diagnostics;
using Xunit;

namespace Settle.Tests.Journals;

/// <summary>A program that the exports are for. Tests are skipped where it is not
/// installed.</summary>
internal sealed class ExternalProgram(string name)
{
    public static ExternalProgram Hledger { get; } = new("hledger");

    public static ExternalProgram BeanCheck { get; } = new("bean-check");

    public static ExternalProgram BeanQuery { get; } = new("bean-query");

    public static ExternalProgram Qpdf { get; } = new("qpdf");

    public static ExternalProgram PdfFonts { get; } = new("pdffonts");

    public static ExternalProgram PdfToText { get; } = new("pdftotext");

    public static ExternalProgram PdfToPpm { get; } = new("pdftoppm");

    /// <summary>Runs it, expects success, and gives what it printed.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        Assert.SkipUnless(IsInstalled(name), $"{name} is not installed; ./test installs it");
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0,
            $"{name} {string.Join(' ', arguments)}: {await error}{await output}");
        Assert.Equal("", await error);
        return await output;
    }

    /// <summary>Whether a program is where programs are.</summary>
    public static bool IsInstalled(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, name)));
}
