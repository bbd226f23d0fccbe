using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Publicize;

/// <summary>
/// The bytes of an assembly, in which named internal types and members can be made public.
/// Visibility is a bit field of fixed width in the metadata tables (ECMA-335 II.22 and II.23.1), so nothing moves.
/// </summary>
internal sealed class AssemblyImage : IDisposable
{
    // Where a row of the MethodDef table keeps its flags: after the four bytes of RVA and the two of ImplFlags.
    private const int MethodFlagsOffset = 6;

    private readonly PEReader portableExecutable;
    private readonly MetadataReader metadata;
    private readonly Dictionary<string, TypeDefinitionHandle> types;

    public AssemblyImage(byte[] bytes)
    {
        Bytes = bytes;
        portableExecutable = new PEReader(new MemoryStream(bytes, writable: false), PEStreamOptions.PrefetchEntireImage);
        metadata = portableExecutable.GetMetadataReader();
        types = metadata.TypeDefinitions.ToDictionary(FullName);
    }

    public byte[] Bytes { get; }

    public string Name => metadata.GetString(metadata.GetAssemblyDefinition().Name);

    /// <summary>Makes a type with its internal members public (<c>Namespace.Outer+Inner</c>), or one internal member by its name (<c>Type::Member</c>).</summary>
    /// <exception cref="MissingMemberException">The assembly has no such type or member.</exception>
    public void MakePublic(string name)
    {
        var (typeName, memberName) = name.Split("::") is [var owner, var member] ? (owner, member) : (name, null);
        if (!types.TryGetValue(typeName, out var handle))
        {
            throw new MissingMemberException($"{Name} has no type {typeName}");
        }

        if (memberName is null)
        {
            MakeTypePublic(handle);
        }

        if (MakeMembersPublic(metadata.GetTypeDefinition(handle), memberName) == 0 && memberName is not null)
        {
            throw new MissingMemberException($"{Name} has no member {memberName} in {typeName}");
        }
    }

    public void Dispose() => portableExecutable.Dispose();

    private void MakeTypePublic(TypeDefinitionHandle handle)
    {
        var isNested = metadata.GetTypeDefinition(handle).IsNested;
        SetFlags(handle, 0, (int)TypeAttributes.VisibilityMask, (int)(isNested ? TypeAttributes.NestedPublic : TypeAttributes.Public));
    }

    private int MakeMembersPublic(TypeDefinition type, string? memberName)
    {
        bool IsMeant(StringHandle name) => memberName is null || metadata.StringComparer.Equals(name, memberName);

        var methods = type.GetMethods().Where(method => IsMeant(metadata.GetMethodDefinition(method).Name)).ToList();
        foreach (var method in methods.Where(method => IsInternal(metadata.GetMethodDefinition(method).Attributes)))
        {
            SetFlags(method, MethodFlagsOffset, (int)MethodAttributes.MemberAccessMask, (int)MethodAttributes.Public);
        }

        var fields = type.GetFields().Where(field => IsMeant(metadata.GetFieldDefinition(field).Name)).ToList();
        foreach (var field in fields.Where(field => IsInternal(metadata.GetFieldDefinition(field).Attributes)))
        {
            SetFlags(field, 0, (int)FieldAttributes.FieldAccessMask, (int)FieldAttributes.Public);
        }

        return methods.Count + fields.Count;
    }

    private static bool IsInternal(MethodAttributes flags) => (flags & MethodAttributes.MemberAccessMask) == MethodAttributes.Assembly;

    private static bool IsInternal(FieldAttributes flags) => (flags & FieldAttributes.FieldAccessMask) == FieldAttributes.Assembly;

    private void SetFlags(EntityHandle handle, int offset, int mask, int flags)
    {
        MetadataTokens.TryGetTableIndex(handle.Kind, out var table);
        var start = portableExecutable.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(table)
            + (MetadataTokens.GetRowNumber(handle) - 1) * metadata.GetTableRowSize(table) + offset;
        // Every mask lies within the low two bytes, whatever the column's width.
        var cell = Bytes.AsSpan(start, sizeof(ushort));
        BinaryPrimitives.WriteUInt16LittleEndian(cell, (ushort)((BinaryPrimitives.ReadUInt16LittleEndian(cell) & ~mask) | flags));
    }

    private string FullName(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{FullName(outer)}+{name}"
            : type.Namespace.IsNil ? name
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
