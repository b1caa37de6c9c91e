namespace Settle.Paper.Pdf;

/// <summary>A file inside a PDF that says the same as the pages.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="Profile">What Factur-X calls its profile, such as <c>EN 16931</c>.</param>
internal sealed record PdfAttachment(string Name, byte[] Data, string Profile);
