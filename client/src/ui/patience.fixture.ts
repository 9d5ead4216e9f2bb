import { configure } from '@testing-library/react'

// What comes lazily takes its time where a machine is shared. Whoever waits for a condition waits no longer than it takes.
configure({ asyncUtilTimeout: 5_000 })
