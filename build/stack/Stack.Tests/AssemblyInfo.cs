// The process has one random generator and one count of live tensors, which tests must not share.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
