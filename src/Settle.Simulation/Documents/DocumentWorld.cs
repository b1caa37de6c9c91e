namespace Settle.Simulation;

/// <summary>What a world has beside servers and clients when they settle documents.</summary>
internal sealed class DocumentWorld
{
    private static readonly string[] Accounts = ["Alex", "Dave", "Jane"];

    private readonly World _world;
    private readonly DocumentSource _source;
    private readonly List<DocumentClient> _clients = [];
    private readonly int _meddling;
    private readonly int _resolving;

    public DocumentWorld(World world, IDocumentPlace place, Bounds bounds)
    {
        (_world, Place) = (world, place);
        var dice = world.Dice;
        _source = new DocumentSource(dice, () => world.Timeline.Now);
        for (var i = 0; i < 1 + dice.Below(bounds.Clients); i++)
        {
            _clients.Add(new DocumentClient(world, place, _source, $"app{i + 1}",
                2 + dice.Below(2 * bounds.Calls)));
        }
        Outcomes = new OutcomeAudit(world, place, _source);
        // How many of a thousand blocks and outcomes somebody gets in between.
        _meddling = dice.Below(3) * 100;
        _resolving = dice.Below(3) == 0 ? 3 : 0;
        foreach (var copy in place.Copies)
            copy.Written += (document, revision) => Meddle(copy, document, revision);
    }

    public IDocumentPlace Place { get; }

    public OutcomeAudit Outcomes { get; }

    private Dice Dice => _world.Dice;

    /// <summary>Accounts with owners, who have a little money; nothing fails yet.</summary>
    public async Task FoundAsync()
    {
        var calm = new FaultRates(Dice, Faults.None);
        var founder = await FounderAsync(Place.With(calm)).ConfigureAwait(false);
        foreach (var account in Accounts)
        {
            await AskAsync(founder, new Wish(WishKind.Account, $"open-{account}")
            {
                From = account, Owners = [DocumentSource.OwnerOf(account)],
            }).ConfigureAwait(false);
        }
        await AskAsync(founder, new Wish(WishKind.Transfer, "start")
        {
            From = "@world", To = "Alex", Amount = Dice.Between(5, 30),
        }).ConfigureAwait(false);
        await founder.Ledger!.DisposeAsync().ConfigureAwait(false);
    }

    // A node of a cluster may be away even when nothing else fails.
    private async Task<Machine> FounderAsync(IPlace place)
    {
        while (true)
        {
            var founder = new Machine(_world.Timeline, "founder", place, 0);
            try
            {
                await founder.OpenAsync().ConfigureAwait(false);
                return founder;
            }
            catch (StoreUnavailableException e)
            {
                _world.Say("founder", $"cannot open: {e.Message}");
                founder.Die();
            }
        }
    }

    public Task RunAsync() => Task.WhenAll(
        [.. _clients.Select(client => client.RunAsync()),
            .. Enumerable.Range(1, _resolving).Select(ResolveAfterAsync)]);

    /// <summary>Waits until nothing is pending, and looks at what documents say then.</summary>
    public async Task FinishAsync()
    {
        // Who is to settle them has to be there.
        while (Outcomes.Documents.Any(OutcomeAudit.IsPending) || !Place.IsInStep)
            await _world.Timeline.DelayAsync(50_000).ConfigureAwait(false);
        // Nobody asks any more, but this has to find nothing left to do.
        await ResolveAsync("resolve-last").ConfigureAwait(false);
    }

    private async Task AskAsync(Machine founder, Wish wish)
    {
        _world.Sent([wish]);
        await _world.CallAsync(founder, [wish], _world.Timeline.Steps, "founder")
            .ConfigureAwait(false);
    }

    /// <summary>What waits.</summary>
    public string Pending => string.Join(", ", Outcomes.Documents
        .Where(OutcomeAudit.IsPending).Select(document => document.Id));

    private async Task ResolveAfterAsync(int number)
    {
        await _world.Timeline.DelayAsync(Dice.Between(0, 1_500_000)).ConfigureAwait(false);
        await ResolveAsync($"resolve{number}").ConfigureAwait(false);
    }

    /// <summary><c>settle resolve --until TIME</c>, a process of its own.</summary>
    private async Task ResolveAsync(string name)
    {
        var machine = _world.NewMachine(name);
        var over = new TaskCompletionSource();
        machine.Died = () => _world.Timeline.After(1, null, () => over.TrySetResult());
        _ = ResolveAsync(machine, over);
        await over.Task.ConfigureAwait(false);
    }

    private async Task ResolveAsync(Machine machine, TaskCompletionSource over)
    {
        var ahead = _world.Faults.AreOn ? Dice.Between(-400_000, 400_000) : 3_600_000_000;
        var until = MachineClock.Start.AddMicroseconds(_world.Timeline.Now + ahead);
        try
        {
            await machine.OpenAsync().ConfigureAwait(false);
            var due = Outcomes.Due(until);
            _world.Say(machine.Name, $"resolves {due.Count} documents until {until:O}");
            await machine.Ledger!.Inbox!.ResolveAsync(until, null, default)
                .ConfigureAwait(false);
            Outcomes.AuditResolved(machine.Name, due);
            await machine.Ledger!.DisposeAsync().ConfigureAwait(false);
            over.TrySetResult();
        }
        catch (Exception e) when (_world.Faults.AreOn && e is StoreUnavailableException
            or OutcomeUnknownException or ClockSkewException)
        {
            _world.Say(machine.Name, $"gives up: {e.Message}");
            machine.Die();
        }
        catch (Exception e)
        {
            _world.Fail("resolve", $"{machine.Name}: {e}");
        }
    }

    // Somebody writes a document just when a block has decided it, or somebody writes its outcome.
    private void Meddle(
        Database copy, DatabaseDocument written, DatabaseRevision revision)
    {
        if (!_world.Faults.AreOn || !Dice.Chance(_meddling)) return;
        var isBlock = written.Id.StartsWith("block:", StringComparison.Ordinal);
        if (!isBlock && !written.Id.StartsWith("transfer:", StringComparison.Ordinal)) return;
        var target = isBlock ? Decided(copy, written, revision) : written;
        if (target is null) return;
        _world.Timeline.After(Dice.Between(0, 1_000), null,
            () => _ = Dice.Of(_clients).ChangeAsync(copy, target));
    }

    private DatabaseDocument? Decided(
        Database copy, DatabaseDocument block, DatabaseRevision revision)
    {
        var found = BlockReading.Read(block.Block(revision)).Entries
            .Select(entry => copy.Find($"transfer:{entry.Id}"))
            .OfType<DatabaseDocument>().ToList();
        return found.Count == 0 ? null : Dice.Of(found);
    }
}
