using System.Text.Encodings.Web;

namespace Settle.Wire;

/// <summary>
/// How Settle writes its model as JSON: snake_case, absent instead of null, amounts as integers,
/// times as the chain writes them. The server, the client and the command line all use this.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(AccountBody))]
[JsonSerializable(typeof(AccountPoints))]
[JsonSerializable(typeof(AgeingReport))]
[JsonSerializable(typeof(Allowance))]
[JsonSerializable(typeof(AllowanceBody))]
[JsonSerializable(typeof(AssetBody))]
[JsonSerializable(typeof(AssetInfo))]
[JsonSerializable(typeof(Balance))]
[JsonSerializable(typeof(BankReport))]
[JsonSerializable(typeof(BatchVerdict))]
[JsonSerializable(typeof(BatchVerdict[]))]
[JsonSerializable(typeof(BlockHead))]
[JsonSerializable(typeof(CaptureBody))]
[JsonSerializable(typeof(ChainEvent))]
[JsonSerializable(typeof(Charge))]
[JsonSerializable(typeof(ChargeRequest))]
[JsonSerializable(typeof(ChargeRequest[]))]
[JsonSerializable(typeof(Chargeback))]
[JsonSerializable(typeof(ChargebackRequest))]
[JsonSerializable(typeof(CreditRequest))]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(CustomerBody))]
[JsonSerializable(typeof(CustomerRequest))]
[JsonSerializable(typeof(DatevSettings))]
[JsonSerializable(typeof(DebitRequest))]
[JsonSerializable(typeof(HealthStatus))]
[JsonSerializable(typeof(Hold))]
[JsonSerializable(typeof(HoldRequest))]
[JsonSerializable(typeof(IdBody))]
[JsonSerializable(typeof(Invoice))]
[JsonSerializable(typeof(InvoiceCheck))]
[JsonSerializable(typeof(InvoiceRun))]
[JsonSerializable(typeof(InvoiceRunRequest))]
[JsonSerializable(typeof(IReadOnlyList<Account>))]
[JsonSerializable(typeof(IReadOnlyList<AccountEntry>))]
[JsonSerializable(typeof(IReadOnlyList<Balance>))]
[JsonSerializable(typeof(IReadOnlyList<Charge>))]
[JsonSerializable(typeof(IReadOnlyList<Customer>))]
[JsonSerializable(typeof(IReadOnlyList<InvoiceSummary>))]
[JsonSerializable(typeof(IReadOnlyList<Subscription>))]
[JsonSerializable(typeof(IReadOnlyList<Transfer>))]
[JsonSerializable(typeof(KeyBody))]
[JsonSerializable(typeof(KeyInfo))]
[JsonSerializable(typeof(Page<KeyInfo>))]
[JsonSerializable(typeof(LedgerBody))]
[JsonSerializable(typeof(LedgerInfo))]
[JsonSerializable(typeof(Overview))]
[JsonSerializable(typeof(Page<Account>))]
[JsonSerializable(typeof(Orphan))]
[JsonSerializable(typeof(Page<AccountEntry>))]
[JsonSerializable(typeof(Page<Balance>))]
[JsonSerializable(typeof(Page<BlockHead>))]
[JsonSerializable(typeof(Page<Charge>))]
[JsonSerializable(typeof(Page<Customer>))]
[JsonSerializable(typeof(Page<Hold>))]
[JsonSerializable(typeof(Page<InvoiceRunSummary>))]
[JsonSerializable(typeof(Page<InvoiceSummary>))]
[JsonSerializable(typeof(Page<JsonElement>))]
[JsonSerializable(typeof(Page<LedgerInfo>))]
[JsonSerializable(typeof(Page<Chargeback>))]
[JsonSerializable(typeof(Page<Payment>))]
[JsonSerializable(typeof(Page<Refund>))]
[JsonSerializable(typeof(Page<Orphan>))]
[JsonSerializable(typeof(Page<Site>))]
[JsonSerializable(typeof(Page<StandingAllowance>))]
[JsonSerializable(typeof(Page<SepaOrderSummary>))]
[JsonSerializable(typeof(Page<Subscription>))]
[JsonSerializable(typeof(Page<Transfer>))]
[JsonSerializable(typeof(Party))]
[JsonSerializable(typeof(Payment))]
[JsonSerializable(typeof(PaymentRequest))]
[JsonSerializable(typeof(PayoutRequest))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ProfitAndLoss))]
[JsonSerializable(typeof(Quote))]
[JsonSerializable(typeof(QuoteAnswerRequest))]
[JsonSerializable(typeof(QuoteRequest))]
[JsonSerializable(typeof(Page<Quote>))]
[JsonSerializable(typeof(IReadOnlyList<Quote>))]
[JsonSerializable(typeof(Refund))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(Reminder))]
[JsonSerializable(typeof(ReminderHold))]
[JsonSerializable(typeof(ReminderHoldRequest))]
[JsonSerializable(typeof(ReminderRun))]
[JsonSerializable(typeof(ReminderRunRequest))]
[JsonSerializable(typeof(Page<Reminder>))]
[JsonSerializable(typeof(IReadOnlyList<Reminder>))]
[JsonSerializable(typeof(RepriceRequest))]
[JsonSerializable(typeof(RevertBody))]
[JsonSerializable(typeof(OpeningInvoice))]
[JsonSerializable(typeof(OpeningInvoiceRequest))]
[JsonSerializable(typeof(SearchItem))]
[JsonSerializable(typeof(SearchResult))]
[JsonSerializable(typeof(Seller))]
[JsonSerializable(typeof(SellerRequest))]
[JsonSerializable(typeof(SepaCancelRequest))]
[JsonSerializable(typeof(SepaOrder))]
[JsonSerializable(typeof(SepaRun))]
[JsonSerializable(typeof(SessionBody))]
[JsonSerializable(typeof(SessionInfo))]
[JsonSerializable(typeof(Statement))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Site))]
[JsonSerializable(typeof(SiteBlocksBody))]
[JsonSerializable(typeof(SiteRequest))]
[JsonSerializable(typeof(SiteTaken))]
[JsonSerializable(typeof(SiteTips))]
[JsonSerializable(typeof(Subscription))]
[JsonSerializable(typeof(SubscriptionEndBody))]
[JsonSerializable(typeof(SubscriptionRequest))]
[JsonSerializable(typeof(Transaction))]
[JsonSerializable(typeof(TransactionRequest))]
[JsonSerializable(typeof(Transfer))]
[JsonSerializable(typeof(TransferRequest))]
[JsonSerializable(typeof(TransferRequest[]))]
[JsonSerializable(typeof(TrialBalance))]
[JsonSerializable(typeof(VatReport))]
[JsonSerializable(typeof(VerificationState))]
[JsonSerializable(typeof(VoidBody))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>The one to use: its options are what the class says.</summary>
    public static WireJson Compact { get; } = new(MakeOptions());

    /// <summary>The same with line breaks, for people.</summary>
    public static WireJson Indented { get; } = new(new(MakeOptions()) { WriteIndented = true });

    private static JsonSerializerOptions MakeOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The answers are application/json with nosniff: nothing has to be escaped for HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new MoneyJsonConverter(),
            new LimitJsonConverter<Overdraft>(
                "unlimited", Settle.Overdraft.Unlimited, Settle.Overdraft.Of, overdraft =>
                overdraft.IsUnlimited ? null : overdraft.Limit),
            new LimitJsonConverter<Ceiling>("none", Settle.Ceiling.None, Settle.Ceiling.Of,
                ceiling => ceiling.IsNone ? null : ceiling.Limit),
            new LimitJsonConverter<Spendable>("unlimited", Settle.Spendable.Unlimited,
                Settle.Spendable.Of, spendable =>
                spendable.IsUnlimited ? null : spendable.Amount),
            new UtcTimeJsonConverter(),
            new SecondsJsonConverter(),
            new DecimalJsonConverter(),
        },
    };
}
