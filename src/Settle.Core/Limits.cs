namespace Settle;

/// <summary>Every limit of the format and the rules, in one place.</summary>
public static class Limits
{
    /// <summary>
    /// The largest amount of one entry in minor units, 2^53-1: JavaScript sums it exactly.
    /// </summary>
    public const long AmountMax = (1L << 53) - 1;

    /// <summary>The longest account name, in UTF-8 bytes.</summary>
    public const int AccountBytesMax = 128;

    /// <summary>The longest id a client may choose, in UTF-8 bytes.</summary>
    public const int IdBytesMax = 128;

    /// <summary>The longest asset code, in characters.</summary>
    public const int AssetCharsMax = 16;

    /// <summary>The most decimals an asset can have.</summary>
    public const int ScaleMax = 12;

    /// <summary>The most assets one ledger can declare.</summary>
    public const int AssetsMax = 4096;

    /// <summary>The longest memo, in UTF-8 bytes.</summary>
    public const int MemoBytesMax = 1024;

    /// <summary>The most keys in <c>meta</c>.</summary>
    public const int MetaKeysMax = 50;

    /// <summary>The longest <c>meta</c> key, in UTF-8 bytes.</summary>
    public const int MetaKeyBytesMax = 64;

    /// <summary>The longest <c>meta</c> value, in UTF-8 bytes.</summary>
    public const int MetaValueBytesMax = 512;

    /// <summary>The most postings in one transaction.</summary>
    public const int PostingsMax = 200;

    /// <summary>The longest name of a site, in characters.</summary>
    public const int SiteCharsMax = 32;

    /// <summary>The longest prefix of the accounts whose home a site is, in UTF-8 bytes.</summary>
    public const int PrefixBytesMax = 64;

    /// <summary>The longest address of a site, in UTF-8 bytes.</summary>
    public const int UrlBytesMax = 512;

    /// <summary>The most sites that a ledger can ever have.</summary>
    public const int SitesMax = 100;

    /// <summary>The most owners of one account.</summary>
    public const int OwnersMax = 16;

    /// <summary>The most requests in one batch over HTTP.</summary>
    public const int BatchMax = 10_000;

    /// <summary>The longest id of a customer or a subscription, in UTF-8 bytes.</summary>
    public const int CustomerBytesMax = 100;

    /// <summary>The longest id of an invoice run, in UTF-8 bytes.</summary>
    public const int RunIdBytesMax = 64;

    /// <summary>The longest description of a charge, in UTF-8 bytes.</summary>
    public const int DescriptionBytesMax = 1024;

    /// <summary>The longest order number and buyer reference of an invoice, in UTF-8 bytes.
    /// </summary>
    public const int InvoiceReferenceBytesMax = 200;

    /// <summary>The longest cost centre of a charge, in UTF-8 bytes, as in DATEV.</summary>
    public const int CostCentreBytesMax = 36;

    /// <summary>The longest reason why there is no tax, in UTF-8 bytes.</summary>
    public const int ExemptionBytesMax = 400;

    /// <summary>How far behind its invoices' date a run charges subscriptions, in days.</summary>
    public const int RecurringDaysMax = 366;

    /// <summary>The most charges that one invoice bills; further ones need another.</summary>
    public const int InvoiceChargesMax = 10_000;

    /// <summary>The most bytes that the ids of one invoice's charges take.</summary>
    public const int InvoiceIdBytesMax = 1024 * 1024;

    /// <summary>The most lines that one credit note names.</summary>
    public const int CreditLinesMax = 1000;

    /// <summary>The most invoices that one payment pays.</summary>
    public const int AllocationsMax = 10_000;

    /// <summary>Deposit invoices that one invoice settles.</summary>
    public const int SettlesMax = 100;

    /// <summary>Lines of a quote.</summary>
    public const int QuoteLinesMax = 200;

    /// <summary>The most tax rates of a seller.</summary>
    public const int TaxRatesMax = 20;

    /// <summary>The most series whose first number one request sets.</summary>
    public const int FirstNumbersMax = 20;

    /// <summary>The most invoices or refunds that a SEPA order has.</summary>
    public const int SepaItemsMax = 5000;

    /// <summary>The longest number of an invoice that was made elsewhere, in UTF-8.</summary>
    public const int OldNumberBytesMax = 64;

    /// <summary>The largest first number of a series.</summary>
    public const int FirstNumberMax = 999_999_999;

    /// <summary>The longest text before an invoice's number, in UTF-8 bytes.</summary>
    public const int SeriesBytesMax = 32;

    /// <summary>The longest time until an invoice is due, in days.</summary>
    public const int TermsDaysMax = 365;

    /// <summary>How many reminders of one invoice there can be.</summary>
    public const int ReminderLevelsMax = 9;

    /// <summary>How many invoices one reminder lists at most.</summary>
    public const int RemindedInvoicesMax = 1000;

    /// <summary>How many days beside a debit's own a bank may take to book it.</summary>
    public const int DebitDays = 14;

    /// <summary>How many cash discounts a seller or customer has at most.</summary>
    public const int CashDiscountsMax = 3;

    /// <summary>The largest quantity of a charge.</summary>
    public const long QuantityMax = 1_000_000_000;

    /// <summary>The largest unit price of a charge, in the major unit.</summary>
    public const long UnitPriceMax = 1_000_000_000_000;

    /// <summary>A block takes no more entries once it has this many bytes.</summary>
    public const int BlockBytesTarget = 2 * 1024 * 1024;

    /// <summary>No block is larger than this; offsets within a block have 24 bits.</summary>
    public const int BlockBytesMax = 4 * 1024 * 1024;

    /// <summary>The farthest the newest block may lie in the writer's future, in seconds.</summary>
    public const int ClockToleranceSeconds = 300;

    /// <summary>
    /// The farthest a new block may lie beyond the one below it unless a person or another
    /// clock confirms it, in days.
    /// </summary>
    public const int ClockJumpDays = 100;

    /// <summary>The longest time until a hold expires, in days.</summary>
    public const int HoldDaysMax = 3650;

    /// <summary>The most violations that a check of an invoice lists.</summary>
    public const int ViolationsMax = 200;
}
