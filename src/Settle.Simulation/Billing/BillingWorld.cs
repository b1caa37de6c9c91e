namespace Settle.Simulation;

/// <summary>What a world with billing has beyond others.</summary>
internal sealed class BillingWorld(World world, Dice dice)
{
    private const int TriesMax = 20;

    public BillingWishes Wishes { get; } = new(dice);

    public DurableSideDocuments Shelf { get; } = new();

    public SimulatedSideDocuments SideDocumentsOf(Machine owner, Func<bool> isFull) =>
        new(world.Timeline, owner, Shelf, world.Faults, isFull);

    /// <summary>Sets a seller and customers, with faults already.</summary>
    public async Task FoundAsync()
    {
        var founder = new Client(world, "founder", Wishes, 0);
        foreach (var wish in Wishes.Foundation())
            await founder.InsistAsync([wish], TriesMax).ConfigureAwait(false);
    }

    /// <summary>Bills all that is left.</summary>
    public async Task FinishAsync()
    {
        var last = new Client(world, "last", Wishes, 0);
        while (!await last.InsistAsync([BillingWishes.LastRun], TriesMax).ConfigureAwait(false))
            continue;
    }

    /// <summary>Reads the list of invoices.</summary>
    public static async Task LookAsync(Machine machine, long heightMin, Record record)
    {
        var page = await machine.Ledger!.Billing.ListInvoicesAsync(
            new InvoiceQuery { Limit = 1000 }).ConfigureAwait(false);
        record.InvoiceLooks.Add(new InvoiceLook(machine.Name, heightMin, page.Items));
    }
}
