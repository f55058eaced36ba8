using LanguageExt;

namespace TinyTcp.Cli.Benching;

/// <summary>
/// Many things that are judged one after the other: the first complaint is the one that is told. As one expression of as many
/// parts it would come to more types than a native compiler gets through.
/// </summary>
internal sealed class Judged
{
    private Option<Complaint> complaint;

    /// <summary>Notes one thing.</summary>
    /// <returns>It; or a value in place of one that is wrong.</returns>
    internal T Take<T>(Either<Complaint, T> judged, T otherwise)
    {
        if (judged.IsRight)
        {
            return (T)judged;
        }

        complaint = complaint.IsSome ? complaint : (Complaint)judged;
        return otherwise;
    }

    /// <summary>All of it, unless anything is wrong.</summary>
    internal Either<Complaint, T> Of<T>(T all) => complaint.IsSome ? (Complaint)complaint : all;
}
