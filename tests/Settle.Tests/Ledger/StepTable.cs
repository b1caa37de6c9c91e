using Settle.Local;
using Settle.Stores.Memory;
using Xunit;

namespace Settle.Tests.Rules;

/// <summary>
/// Runs a table of steps that an accountant can read on a real ledger: a line is a step, and to its right
/// stands what must come of it.
/// </summary>
internal abstract class StepTable : IAsyncDisposable
{
    protected MemoryStore Store { get; } = new();

    protected ManualClock Clock { get; } = new();

    protected LocalLedger Ledger { get; private set; } = null!;

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await Store.DisposeAsync();
    }

    protected async Task OpenAsync() => Ledger = await LocalLedger.OpenAsync(
        "table", Store, null, new LedgerOptions { Clock = Clock }, CancellationToken.None);

    protected async Task RunStepsAsync(string table)
    {
        foreach (var line in table.Split('\n'))
        {
            var text = line.Split('#')[0].Trim();
            if (text.Length > 0) await StepAsync(new TableStep(text));
        }
    }

    /// <summary>Does a step; what came of it, in the table's words.</summary>
    protected abstract Task<string> ActAsync(string verb, TableStep step);

    private async Task StepAsync(TableStep step)
    {
        string outcome;
        try
        {
            outcome = await ActAsync(step.Word(), step);
        }
        catch (IdReusedException e)
        {
            outcome = $"id_reused {e.Field}";
        }
        catch (RejectedException e)
        {
            outcome = e.Code + (e.Replayed ? " again" : "");
        }
        catch (InvoiceRuleException e)
        {
            outcome = e.Code;
        }
        catch (InvalidRequestException e)
        {
            outcome = $"invalid {e.Field}";
        }
        catch (StoreCorruptException e)
        {
            outcome = e.Code;
        }
        if (!step.IsOver) throw new FormatException($"what is '{step.Word()}' in: {step.Line}");
        if (outcome != step.Expected) Assert.Fail($"{step.Line}\n  but it is: {outcome}");
    }
}
