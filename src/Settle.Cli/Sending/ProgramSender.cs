using System.Diagnostics;
using Settle.Billing;

namespace Settle.Cli.Sending;

/// <summary>Lets the user's program send.</summary>
internal sealed class ProgramSender(string program) : IInvoiceSender
{
    private const int NoteCharsMax = 500;

    private readonly TemporaryFolder _folder = new();

    public async Task<PreparedSending> PrepareAsync(
        OutboxPaper paper, Customer customer, CancellationToken cancellation)
    {
        var file = Path.Combine(_folder.Path, Uri.EscapeDataString(paper.Number) + ".pdf");
        await File.WriteAllBytesAsync(file, paper.Letter(), cancellation);
        return new PreparedSending(null, async () =>
        {
            var outcome = await RunAsync(file, paper, customer.Party?.Email ?? "");
            File.Delete(file);
            return outcome;
        });
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<OutboxOutcome> RunAsync(string file, OutboxPaper paper, string email)
    {
        var start = new ProcessStartInfo(program, [file, email])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["SETTLE_INVOICE"] = paper.Number;
        start.Environment["SETTLE_CUSTOMER"] = paper.Customer;
        try
        {
            using var process = Process.Start(start)!;
            var error = (await process.StandardError.ReadToEndAsync()).Trim();
            await process.WaitForExitAsync();
            if (process.ExitCode == 0) return OutboxOutcome.Done(null);
            return OutboxOutcome.Failed(error.Length == 0
                ? string.Create(CultureInfo.InvariantCulture, $"status {process.ExitCode}")
                : error[^int.Min(error.Length, NoteCharsMax)..]);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            return OutboxOutcome.Failed($"{program} cannot be run: {e.Message}");
        }
    }
}
