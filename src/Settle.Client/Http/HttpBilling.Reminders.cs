namespace Settle.Http;

/// <content>Reminders.</content>
internal sealed partial class HttpBilling
{
    public Task<ReminderRun> RemindAsync(ReminderRunRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id ?? FreshIds.Next();
        return WriteAsync(HttpMethod.Post, "/reminder-runs", id, request with { Id = id },
            WireJson.Compact.ReminderRunRequest, WireJson.Compact.ReminderRun, cancellationToken,
            ledger.Options.RunDeadline);
    }

    public Task<ReminderHold> HoldRemindersAsync(ReminderHoldRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id ?? FreshIds.Next();
        return WriteAsync(HttpMethod.Post, "/reminder-holds", id, request with { Id = id },
            WireJson.Compact.ReminderHoldRequest, WireJson.Compact.ReminderHold,
            cancellationToken);
    }

    public Task<Page<Reminder>> ListRemindersAsync(ReminderQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ledger.ReadAsync("/reminders" + new QueryWriter().Add("customer", query.Customer)
            .Add("limit", query.Limit).Add("after", query.After),
            WireJson.Compact.PageReminder, cancellationToken);
    }

    public Task<Reminder?> GetReminderAsync(string number,
        CancellationToken cancellationToken = default) =>
        ledger.FindAsync($"/reminders/{Segment("number", number)}", WireJson.Compact.Reminder,
            cancellationToken);

    private async Task<DunningSettings> InMinorAsync(
        DunningSettings dunning, CancellationToken cancellation)
    {
        var levels = new List<ReminderLevel>();
        foreach (var level in dunning.Levels ?? [])
            levels.Add(level with { Fee = await Minor("fee", level.Fee).ConfigureAwait(false) });
        return dunning with
        {
            Levels = levels,
            FlatFee = await Minor("flat_fee", dunning.FlatFee).ConfigureAwait(false),
            Minimum = await Minor("minimum", dunning.Minimum).ConfigureAwait(false),
        };

        async Task<Money?> Minor(string field, Money? amount) => amount is not { } money ? null
            : await ledger.InMinorAsync(
                $"dunning.{field}", money, null, cancellation, allowZero: true)
                .ConfigureAwait(false);
    }
}
