namespace Settle.Server;

/// <summary><c>/reminder-runs</c> and <c>/reminders</c></summary>
internal static class ReminderEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Post<ReminderRunRequest, ReminderRun>("/reminder-runs",
            (call, body) => call.Billing.RemindAsync(body, call.Stop))
            .Named("remind", "Remind customers of what is overdue",
                "One reminder per customer and asset in which an invoice has reached its next "
                + "level. An invoice reaches each level once, however often this runs; repeating "
                + "a run with its id gives the same answer.")
            .Takes<ReminderRunRequest>(BillingExamples.ReminderRun)
            .Gives<ReminderRun>(200, "What it made, or would make in a dry run.")
            .DisableRequestTimeout();
        ledger.Post<ReminderHoldRequest, ReminderHold>("/reminder-holds",
            (call, body) => call.Billing.HoldRemindersAsync(body, call.Stop))
            .Named("hold_reminders", "Hold the reminders of an invoice",
                "No reminder is about it, because it is disputed, until a request with "
                + "`released` ends that.")
            .Takes<ReminderHoldRequest>(BillingExamples.ReminderHold)
            .Gives<ReminderHold>(201, "What holds from now on.");
        ledger.List("/reminders", ListAsync)
            .Named("list_reminders", "List reminders", "Newest first.")
            .Knows(new QueryParameter("customer", "string", "Only those of this customer.", "dave"),
                QueryParameter.Limit, QueryParameter.After)
            .Gives<Page<Reminder>>(200, "A page of reminders, without seller and customer.");
        ledger.Find("/reminders/{number}", "reminder",
            call => call.Billing.GetReminderAsync(call["number"], call.Stop))
            .Named("get_reminder", "Read a reminder", "With the seller and the customer.")
            .Gives<Reminder>(200, "The reminder.");
    }

    private static Task<Page<Reminder>> ListAsync(LedgerCall call)
    {
        var (billing, page) = (call.Billing, call.Page);
        return billing.ListRemindersAsync(new ReminderQuery
        {
            Customer = call.Text("customer"), Limit = page.Limit, After = page.After,
        }, call.Stop);
    }
}
