namespace Settle;

/// <summary>
/// A credit note would break a rule of EN 16931, so it could not be sent. Nothing changed: no
/// number and no id is used up.
/// </summary>
public sealed class InvoiceRuleException(string message) : SettleException("breaks_rule", message);
