namespace Settle.Billing.Rules;

/// <summary>BG-24: a document attached to the invoice.</summary>
/// <param name="Id">BT-122.</param>
/// <param name="MimeType">The type of what is attached (BT-125); null when nothing is.</param>
/// <param name="FileName">Its name.</param>
internal sealed record EnAttachment(string? Id, string? MimeType = null, string? FileName = null);
